import { closingContract } from './api/closing.contract.ts';
import { figuresContract } from './api/figures.contract.ts';
import { flagsContract } from './api/flags.contract.ts';
import { lookBacksContract } from './api/look-backs.contract.ts';
import { noticeContract } from './api/notice.contract.ts';
import { permissionsContract } from './api/permissions.contract.ts';
import { readingContract } from './api/reading.contract.ts';
import { refusingContract } from './api/refusing.contract.ts';
import { serviceContract } from './api/service.contract.ts';
import type { ApiUnderTest } from './api/under-test.ts';
import { writingContract } from './api/writing.contract.ts';

/** All but the permissions. */
export function apiBehaviour(name: string, open: () => Promise<ApiUnderTest>): void {
  writingContract(name, open);
  refusingContract(name, open);
  closingContract(name, open);
  readingContract(name, open);
  figuresContract(name, open);
  flagsContract(name, open);
  lookBacksContract(name, open);
  noticeContract(name, open);
  serviceContract(name, open);
}

/** What every deployment of the API must do. Each part opens one of its own, and stops it. */
export function apiContract(name: string, open: () => Promise<ApiUnderTest>): void {
  apiBehaviour(name, open);
  permissionsContract(name, open);
}
