import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SendMessageBatchCommand, SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { Context, SQSEvent } from 'aws-lambda';
import * as z from 'zod/mini';
import { type CaseId, caseId } from '../../domain/ids.ts';
import type { Dependencies } from '../app/dependencies.ts';
import { replayDeadLetters } from '../app/project.ts';
import { rebuildCase } from '../app/rebuild.ts';
import type { MaintenanceEnvironment } from '../compose.ts';
import type { Log } from '../log.ts';
import { checkExport, type ExportFound } from './check-export.ts';
import { type BatchReplay, type ReplayDependencies, replayBatches } from './replay-batches.ts';
import { ENOUGH_MS } from './time-left.ts';

export interface MaintenanceDependencies extends MaintenanceEnvironment, Pick<ReplayDependencies, 'streams'> {
  readonly dependencies: Dependencies;
  readonly queues: SQSClient;
  /** Knows the exports of the events table. */
  readonly exports: DynamoDBClient;
  readonly log: Log;
}

const anId = z.string().check(z.refine((text) => caseId(text) !== undefined, { error: 'must be a case id' }));

/** What the operator may ask for. */
const order = z.union([
  z.strictObject({ task: z.literal('rebuild'), caseId: z.optional(anId) }),
  z.strictObject({ task: z.literal('replay') }),
  z.strictObject({ task: z.literal('check-export'), table: z.string() }),
]);

/** What stands in the queue: one step of a rebuild, each leading to the next. */
const step = z.union([
  z.strictObject({ step: z.literal('empty') }),
  z.strictObject({ step: z.literal('list'), after: z.optional(anId) }),
  z.strictObject({ step: z.literal('case'), caseId: anId }),
]);

type Order = z.infer<typeof order>;
type Step = z.infer<typeof step>;

type Done =
  | { readonly started: 'rebuild' }
  | ExportFound
  | ({ readonly recordsReplayed: number; readonly recordsLeft: number } & BatchReplay);

/** Cases listed before the list goes on in another invocation. */
const LISTED_AT_ONCE = 2_000;
/** SQS takes so many messages at once. */
const MESSAGES = 10;

/**
 * Rebuilding goes through the queue, so that it may take longer than an invocation: the table is emptied when it
 * serves nobody, then the cases are listed, then each is rebuilt by itself, many at a time.
 */
export function maintain(deps: MaintenanceDependencies) {
  return async (event: SQSEvent | unknown, context: Context): Promise<Done | undefined> => {
    if (!isFromQueue(event)) return carryOut(deps, order.parse(event));
    for (const { body } of event.Records) await take(deps, step.parse(JSON.parse(body)), context);
    return undefined;
  };
}

const isFromQueue = (event: unknown): event is SQSEvent =>
  typeof event === 'object' && event !== null && 'Records' in event;

async function carryOut(deps: MaintenanceDependencies, asked: Order): Promise<Done> {
  if (asked.task === 'rebuild') {
    const { caseId: only } = asked;
    const first: Step =
      only !== undefined
        ? { step: 'case', caseId: only }
        : deps.viewsAreSpare
          ? { step: 'empty' }
          : { step: 'list' };
    await enqueue(deps, first);
    return { started: 'rebuild' };
  }
  if (asked.task === 'check-export') {
    const { exports, dependencies } = deps;
    return checkExport(exports, asked.table, Date.parse(dependencies.clock.now()));
  }
  const batches = await replayBatches({ ...deps, queue: deps.deadLetterQueue });
  const records = await replayDeadLetters(deps.dependencies);
  return { ...batches, recordsReplayed: records.replayed, recordsLeft: records.left };
}

async function take(deps: MaintenanceDependencies, taken: Step, context: Context): Promise<void> {
  if (taken.step === 'empty') return emptyViews(deps, context);
  if (taken.step === 'list') return listCases(deps, taken.after as CaseId | undefined);
  const counts = await rebuildCase(deps.dependencies, taken.caseId as CaseId);
  deps.log('info', 'a case was rebuilt', { caseId: taken.caseId, ...counts });
}

async function emptyViews(deps: MaintenanceDependencies, context: Context): Promise<void> {
  const { views } = deps.dependencies;
  for await (const page of views.scan()) {
    await views.remove(page);
    if (context.getRemainingTimeInMillis() < ENOUGH_MS) return enqueue(deps, { step: 'empty' });
  }
  deps.log('info', 'the spare views are empty', {});
  await enqueue(deps, { step: 'list' });
}

async function listCases(deps: MaintenanceDependencies, after: CaseId | undefined): Promise<void> {
  let ids: CaseId[] = [];
  let listed = 0;
  for await (const id of deps.dependencies.events.caseIds(after)) {
    ids.push(id);
    listed += 1;
    if (ids.length === MESSAGES) {
      await enqueueCases(deps, ids);
      ids = [];
    }
    if (listed === LISTED_AT_ONCE) {
      await enqueueCases(deps, ids);
      deps.log('info', 'cases were listed for the rebuild', { listed, last: id });
      return enqueue(deps, { step: 'list', after: id });
    }
  }
  await enqueueCases(deps, ids);
  deps.log('info', 'all cases are listed for the rebuild', { listed });
}

const enqueue = async ({ queues, rebuildQueue }: MaintenanceDependencies, next: Step): Promise<void> => {
  await queues.send(new SendMessageCommand({ QueueUrl: rebuildQueue, MessageBody: JSON.stringify(next) }));
};

async function enqueueCases(
  { queues, rebuildQueue }: MaintenanceDependencies,
  ids: readonly CaseId[],
): Promise<void> {
  if (ids.length === 0) return;
  const Entries = ids.map((id, at) => ({
    Id: String(at),
    MessageBody: JSON.stringify({ step: 'case', caseId: id } satisfies Step),
  }));
  const { Failed } = await queues.send(new SendMessageBatchCommand({ QueueUrl: rebuildQueue, Entries }));
  // Thrown, the step comes again and lists them all again: rebuilding a case twice does no harm.
  if (Failed?.length) throw new Error(`the queue refused ${Failed.length} cases: ${Failed[0]?.Message}`);
}
