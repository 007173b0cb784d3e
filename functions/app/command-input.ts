import type { Command } from '../../domain/command.ts';
import { type PartialDate, partialDate } from '../../domain/dates.ts';
import type { EventType } from '../../domain/events.ts';
import type { FieldError } from '../../domain/fields.ts';
import { isRecord } from '../../domain/fields.ts';
import { checkPayload, isCaseEventType, isItemEventType } from '../../domain/payload.ts';
import { type Refusal, refuse, refuseFields } from '../../domain/refusals.ts';
import { filledIn } from './idempotency.ts';
import type { EntryRequest, WriteOptions } from './ledger.ts';

/** Checks a request whole; the pointers of its errors start at the request's body. */
export function readCommand<T extends EventType>(
  stream: 'case' | 'item',
  request: EntryRequest,
): Command<T> | Refusal {
  const errors: FieldError[] = [];
  const known = stream === 'case' ? isCaseEventType(request.type) : isItemEventType(request.type);
  if (!known) {
    const message = `is no type of entry that a${stream === 'case' ? ' case' : 'n item'} takes`;
    errors.push({ pointer: '/type', code: 'invalid-value', message });
  }
  const occurredOn = readDate(request.occurredOn, errors);
  const payload = known ? checkPayload(stream, request.type as EventType, request.data) : { errors: [] };
  if ('errors' in payload) {
    errors.push(...payload.errors.map((error) => ({ ...error, pointer: `/data${error.pointer}` })));
  }
  for (const name of filledIn(request.type)) {
    if (isRecord(request.data) && request.data[name] !== undefined) {
      errors.push({ pointer: `/data/${name}`, code: 'unknown-field', message: 'is filled in by the ledger' });
    }
  }
  if (errors.length > 0 || 'errors' in payload) return refuseFields(errors);
  return { type: request.type as T, occurredOn, ...payload };
}

function readDate(input: unknown, errors: FieldError[]): PartialDate | undefined {
  if (input === undefined) return undefined;
  const date = typeof input === 'string' ? partialDate(input) : undefined;
  if (date === undefined) {
    const message = 'must be a date YYYY-MM-DD, YYYY-MM or YYYY';
    errors.push({ pointer: '/occurredOn', code: 'invalid-date', message });
  }
  return date;
}

/** A key is 1 to 64 visible ASCII characters. */
export function checkOptions({ idempotencyKey }: WriteOptions): Refusal | undefined {
  if (idempotencyKey === undefined || /^[\x21-\x7e]{1,64}$/.test(idempotencyKey)) return undefined;
  return refuse('invalid-request', 'Idempotency-Key must be 1 to 64 visible ASCII characters');
}
