import { readLedgerId } from './archive.ts';
import type { CliContext, OpenedStore } from './context.ts';
import { Refused, refused } from './problems.ts';

/** Opens the ledger of the data folder. Opening makes what is not there, so a folder without one is refused first. */
export async function openLedger(
  context: CliContext,
): Promise<{ readonly ledger: string; readonly store: OpenedStore }> {
  const { dataFolder } = context.settings;
  const ledger = await readLedgerId(dataFolder).catch((error: unknown) => {
    if (!(error instanceof Refused)) throw error;
    throw refused('no-ledger', `${dataFolder} holds no ledger; name its folder in TAIZHANG_DATA`);
  });
  return { ledger, store: await context.openStore() };
}
