import { readFile } from 'node:fs/promises';
import { endOfDay, type Day, type Instant, epochMs, instantOf } from '../../../domain/dates.ts';
import { decodeEntry } from '../../../domain/decode.ts';
