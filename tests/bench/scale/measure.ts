import { decodeEntry } from '../../../domain/decode.ts';
import type { ItemView } from '../../../domain/item/view.ts';
import type { EventRow } from '../../../domain/ports.ts';
import { rebuildViews } from '../../../functions/app/rebuild.ts';
import { CASES, REGISTER_PREFIX, readPicture } from '../../../functions/app/view-rows.ts';
import { EXAMPLE_CASE } from '../../../functions/local/example/record.ts';
import { toItem } from '../../../functions/store/event-row.ts';
import { rowBytes, storedBytes, WRITE_UNIT } from './bytes.ts';
import { type CloudLedger, cloudLedger } from './cloud-ledger.ts';
import { type Commands, measureCommands } from './commands.ts';
import { type Cost, mean, sum, times } from './cost.ts';
import { type MeasuredStep, project, recordAndProject } from './example-case.ts';
import { measureReading, type Reading } from './reading.ts';

/** What one case is, and what everything that is done with it costs: counted, never timed. */
export interface Measured {
  readonly shape: Shape;
  readonly recording: {
    readonly opened: Cost;
    readonly imported: Cost;
    /** Mean of all entries that people made one by one, each with a key. */
    readonly byHand: Cost;
  };
  readonly commands: Commands;
  readonly reading: Reading;
  readonly projecting: {
    /** Mean of the entries that came alone. */
    readonly alone: Cost;
    /** The import as it came: of the whole of it. */
    readonly imported: Cost;
    /** Mean of an entry when all come in batches of 100. */
    readonly inHundreds: Cost;
    /** Write units of an entry that comes alone, by kind of partition. */
    readonly aloneByPartition: ReadonlyMap<string, number>;
  };
  readonly rebuilding: { readonly dropping: Cost; readonly building: Cost };
  /** CPU milliseconds of this process while it made the views of the case again. No count: it differs. */
  readonly buildingMs: number;
}

interface Shape {
  readonly items: number;
  readonly entries: number;
  readonly imported: number;
  readonly people: number;
  /** The part of all entries that the busiest office made. */
  readonly busiestOffice: number;
  /** The part of the rows of events that take one write unit. */
  readonly oneUnit: number;
  /** Stored bytes, with what DynamoDB adds to each row. */
  readonly eventBytes: number;
  readonly viewBytes: number;
  /** Bytes of the row in the list of cases, as reading counts it. */
  readonly summaryBytes: number;
  /** Bytes of an item in the register, as reading counts it. */
  readonly registerBytes: number;
  /** Bytes that one piece of evidence takes there. */
  readonly evidenceBytes: number;
}

/** Counts it all on the embedded engine. */
export async function measure(): Promise<Measured> {
  const cloud = await cloudLedger();
  try {
    const steps = await recordAndProject(cloud);
    const rows = steps.flatMap((step) => step.rows);
    const hand = steps.filter((step) => step.type !== 'import');
    const imported = stepOf(steps, 'import');
    const shape = await shapeOf(cloud, rows, imported.rows.length);
    const reading = await measureReading(cloud, shape.items);
    const dropping = await cloud.cost(() => dropViews(cloud));
    const inHundreds = times(await project(cloud, rows, 100), 1 / rows.length);
    const { building, buildingMs } = await rebuild(cloud, dropping);
    return {
      shape,
      recording: {
        opened: stepOf(steps, 'CaseOpened').recording,
        imported: imported.recording,
        byHand: mean(hand.map((step) => step.recording)),
      },
      commands: await measureCommands(cloud),
      reading,
      projecting: {
        alone: mean(hand.map((step) => step.projecting)),
        imported: imported.projecting,
        inHundreds,
        aloneByPartition: meanByPartition(hand),
      },
      rebuilding: { dropping, building },
      buildingMs,
    };
  } finally {
    await cloud.stop();
  }
}

function stepOf(steps: readonly MeasuredStep[], type: string): MeasuredStep {
  const step = steps.find((one) => one.type === type);
  if (!step) throw new Error(`the example has no step ${type}`);
  return step;
}

function meanByPartition(steps: readonly MeasuredStep[]): ReadonlyMap<string, number> {
  const means = new Map<string, number>();
  for (const { written } of steps) {
    for (const [kind, units] of written) means.set(kind, (means.get(kind) ?? 0) + units / steps.length);
  }
  return means;
}

async function shapeOf({ deps }: CloudLedger, rows: readonly EventRow[], imported: number): Promise<Shape> {
  const headers = rows.map((row) => decodeEntry(row.entry).header);
  const people = new Set(headers.map(({ actor }) => actor.sub));
  const byOffice = new Map<string, number>();
  for (const { actor } of headers) byOffice.set(actor.office, (byOffice.get(actor.office) ?? 0) + 1);
  const register: number[] = [];
  const evidence: number[] = [];
  let viewBytes = 0;
  let summaryBytes = 0;
  for await (const page of deps.views.scan()) {
    for (const row of page) {
      viewBytes += storedBytes(row);
      if (row.partition === CASES) summaryBytes = rowBytes(row);
      if (!row.sort.startsWith(REGISTER_PREFIX)) continue;
      register.push(rowBytes(row));
      const pieces = readPicture<ItemView>(row)?.view.evidence ?? [];
      evidence.push(...pieces.map((piece) => Buffer.byteLength(JSON.stringify(piece))));
    }
  }
  const total = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);
  return {
    items: register.length,
    entries: rows.length,
    imported,
    people: people.size,
    busiestOffice: Math.max(...byOffice.values()) / rows.length,
    oneUnit: rows.filter((row) => rowBytes(toItem(row)) <= WRITE_UNIT).length / rows.length,
    eventBytes: total(rows.map((row) => storedBytes(toItem(row)))),
    viewBytes,
    summaryBytes,
    registerBytes: total(register) / register.length,
    evidenceBytes: total(evidence) / evidence.length,
  };
}

async function dropViews({ deps }: CloudLedger): Promise<void> {
  for await (const page of deps.views.scan()) await deps.views.remove(page);
}

/** A rebuild drops the views first and reads the events twice; what the building takes is the rest. */
async function rebuild(cloud: CloudLedger, dropping: Cost) {
  const reading = await cloud.cost(async () => {
    for await (const _ of cloud.deps.events.partition(EXAMPLE_CASE, 'all'));
  });
  const before = process.cpuUsage();
  const whole = await cloud.cost(() => rebuildViews(cloud.deps));
  const { user, system } = process.cpuUsage(before);
  const building = sum([whole, times(dropping, -1), times(reading, -1)]);
  return { building, buildingMs: (user + system) / 1_000 };
}
