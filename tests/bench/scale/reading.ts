import type { Principal } from '../../../domain/actor.ts';
import { type ItemId, mintItemId } from '../../../domain/ids.ts';
import type { AskedCut } from '../../../functions/app/ledger.ts';
import { openLedger } from '../../../functions/app/open-ledger.ts';
import { EXAMPLE_CASE, principal } from '../../../functions/local/example/record.ts';
import type { CloudLedger } from './cloud-ledger.ts';
import { type Cost, mean } from './cost.ts';

/** A date in the middle of the example's history. */
const THEN: AskedCut = { recordedAsOf: '2025-06-30' };
const PAGE = { limit: 100 };

/** What reading the example costs, by what is asked. What is asked of an item is the mean of all items. */
export type Reading = Awaited<ReturnType<typeof measureReading>>;

export async function measureReading(cloud: CloudLedger, items: number) {
  const ledger = openLedger(cloud.deps);
  const committee = principal('chen');
  const office = principal('zhang');
  const each = async (ask: (itemId: ItemId) => Promise<unknown>): Promise<Cost> => {
    const costs: Cost[] = [];
    for (let n = 1; n <= items; n += 1) costs.push(await cloud.cost(() => ask(mintItemId(n) as ItemId)));
    return mean(costs);
  };
  const stream = (itemId: ItemId) => ({ caseId: EXAMPLE_CASE, itemId });
  const register = (who: Principal, asked: AskedCut) =>
    cloud.cost(() => ledger.register(who, EXAMPLE_CASE, {}, PAGE, asked));
  const diff = { from: '2025-06-30', to: '2025-09-30' };
  return {
    item: await each((id) => ledger.item(committee, EXAMPLE_CASE, id, {})),
    history: await each((id) => ledger.history(committee, stream(id), PAGE, {})),
    audit: await each((id) => ledger.audit(committee, stream(id), PAGE, {})),
    case: await cloud.cost(() => ledger.inspectionCase(committee, EXAMPLE_CASE, {})),
    register: await register(committee, {}),
    ownRegister: await register(office, {}),
    cases: await cloud.cost(() => ledger.cases(committee, PAGE, {})),
    itemThen: await each((id) => ledger.item(committee, EXAMPLE_CASE, id, THEN)),
    itemEffective: await each((id) =>
      ledger.item(committee, EXAMPLE_CASE, id, { effectiveOn: '2025-06-30' }),
    ),
    caseThen: await cloud.cost(() => ledger.inspectionCase(committee, EXAMPLE_CASE, THEN)),
    registerThen: await register(committee, THEN),
    casesThen: await cloud.cost(() => ledger.cases(committee, PAGE, THEN)),
    diff: await cloud.cost(() => ledger.diff(committee, EXAMPLE_CASE, { axis: 'recorded', ...diff }, {})),
    supervisionByOffice: await cloud.cost(() => ledger.supervision(office, { office: office.office }, PAGE)),
    supervisionByDay: await cloud.cost(() => ledger.supervision(committee, {}, PAGE)),
    supervisionUnfiltered: await cloud.cost(() => ledger.supervision(office, {}, PAGE)),
    notice: await cloud.cost(() => ledger.notice(undefined, EXAMPLE_CASE, {})),
  };
}
