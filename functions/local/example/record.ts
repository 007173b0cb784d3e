import type { Principal } from '../../../domain/actor.ts';
import { sha256Hex } from '../../../domain/hashing.ts';
import { type CaseId, caseId, type ItemId, mintItemId } from '../../../domain/ids.ts';
import type { Refusal } from '../../../domain/refusals.ts';
import type { ImportReport, Ledger, RecordedEntry } from '../../app/ledger.ts';
import { LOCAL_ISSUER } from '../../identity/local-issuer.ts';
import { people, type Sub } from './people.ts';
import type { ScheduledStep } from './schedule.ts';
import { CASE } from './step.ts';

export const EXAMPLE_CASE = caseId('qihe-2024') as CaseId;

/** What a step may refer to. */
export interface Facts {
  readonly notice: string;
  /** Of the stream that the step is recorded on. */
  readonly version: number;
  /** Of the entry that a named step recorded. */
  seqOf(name: string): number | undefined;
}

/** Records one step as the person whom the script names. */
export async function record(
  ledger: Ledger,
  { step, key }: ScheduledStep,
  facts: Facts,
): Promise<RecordedEntry | ImportReport | Refusal> {
  const who = principal(step.who);
  const { item, type, occurredOn } = step;
  if (type === 'import') return ledger.importNotice(who, EXAMPLE_CASE, facts.notice, true);
  const data = filledIn(step.data, facts) as { readonly [name: string]: unknown };
  const request = { type, data, ...(occurredOn === undefined ? {} : { occurredOn }) };
  const options = { idempotencyKey: key };
  if (type === 'CaseOpened') return ledger.openCase(who, EXAMPLE_CASE, request, options);
  if (type === 'NoticePublished') {
    const text = await ledger.notice(who, EXAMPLE_CASE, { recordedAsOf: String(data.asOf) });
    if (typeof text !== 'string') return text;
    const published = { ...request, data: { ...data, sha256: sha256Hex(text) } };
    return ledger.recordOnCase(who, EXAMPLE_CASE, published, options);
  }
  if (item === CASE) return ledger.recordOnCase(who, EXAMPLE_CASE, request, options);
  return ledger.recordOnItem(who, EXAMPLE_CASE, mintItemId(item) as ItemId, request, options);
}

export function principal(sub: Sub): Principal {
  const { role, office, name } = people[sub];
  return { iss: LOCAL_ISSUER, sub, role, office, actorName: name };
}

/** Puts numbers where the script has `#version` or `#name`, and ids where it has `m#name` or `e#name`. */
function filledIn(value: unknown, facts: Facts): unknown {
  if (Array.isArray(value)) return value.map((member) => filledIn(member, facts));
  if (typeof value === 'object' && value !== null) {
    const filled = Object.entries(value).map(([name, member]) => [name, filledIn(member, facts)]);
    return Object.fromEntries(filled.filter(([, member]) => member !== undefined));
  }
  const [, letter = '', name = ''] = (typeof value === 'string' && /^([me]?)#([a-z]+)$/.exec(value)) || [];
  if (name === '') return value;
  const seq = name === 'version' ? facts.version : facts.seqOf(name);
  if (seq === undefined) throw new Error(`the script names ${name}, which no earlier step is called`);
  return letter === '' ? seq : `${letter}${seq}`;
}
