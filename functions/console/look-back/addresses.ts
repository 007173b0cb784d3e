import type { CaseId } from '../../../domain/ids.ts';
import type { TracedEntry } from '../../../domain/look-back/report-numbers.ts';

export const lookBacksAddress = (caseId: CaseId): string => `/cases/${caseId}/look-backs`;

export const lookBackAddress = (caseId: CaseId, seq: number): string => `${lookBacksAddress(caseId)}/${seq}`;

/** Where an entry stands: an item's on the item's page, the case's own on the case's. */
export const entryAddress = (caseId: CaseId, { itemId, seq }: TracedEntry): string =>
  itemId === null ? `/cases/${caseId}/facts#e${seq}` : `/cases/${caseId}/items/${itemId}#e${seq}`;

export const entryLabel = ({ itemId, seq }: TracedEntry): string =>
  itemId === null ? `#${seq}` : `${itemId}#${seq}`;

/** The form on an item's page that records what was found. */
export const findingForm = (caseId: CaseId, itemId: string, lookBackSeq: number): string =>
  `/cases/${caseId}/items/${itemId}?do=LookBackFindingRecorded&lookBackSeq=${lookBackSeq}#form-LookBackFindingRecorded`;

/** The form that reopens an item, with the words of the finding as its reason. */
export const reopeningForm = (
  caseId: CaseId,
  itemId: string,
  lookBackSeq: number,
  findingSeq: number,
): string =>
  `/cases/${caseId}/items/${itemId}?do=ItemReopened&lookBackSeq=${lookBackSeq}&finding=${findingSeq}#form-ItemReopened`;
