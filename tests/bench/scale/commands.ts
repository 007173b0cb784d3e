import { type ItemId, itemId } from '../../../domain/ids.ts';
import type { EventStore } from '../../../domain/ports.ts';
import { openLedger } from '../../../functions/app/open-ledger.ts';
import { EXAMPLE_CASE, principal } from '../../../functions/local/example/record.ts';
import type { CloudLedger } from './cloud-ledger.ts';
import { project } from './example-case.ts';

const ITEM = itemId('0023') as ItemId;
const REPORT = {
  type: 'ProgressReported',
  occurredOn: '2026-10',
  data: { text: '剩余12笔中3笔已核销，其余9笔正在逐笔核对原始凭证，预计本季度内完成。', measureId: 'm2' },
};

/** More entries of one item within a day than the state on a row remembers the keys of. */
const BUSY = 24;

export type Commands = Awaited<ReturnType<typeof measureCommands>>;

/** What commands cost that the example does not give, or gives only mixed with others. It writes into the case. */
export async function measureCommands(cloud: CloudLedger) {
  const ledger = openLedger(cloud.deps);
  const officer = principal('zhang');
  const report = async (idempotencyKey?: string) => {
    const cost = await cloud.cost(() =>
      ledger.recordOnItem(officer, EXAMPLE_CASE, ITEM, REPORT, { idempotencyKey }),
    );
    await project(cloud, cloud.takeAppended(), 1);
    return cost;
  };
  const raise = (idempotencyKey?: string) =>
    cloud.cost(() =>
      ledger.raiseIssue(
        principal('chen'),
        EXAMPLE_CASE,
        { data: { title: '固定资产账实不符' } },
        { idempotencyKey },
      ),
    );
  const plain = await report();
  const keyed = await report('a-key');
  const repeated = await report('a-key');
  for (let n = 0; n < BUSY; n += 1) await report(`busy-${n}`);
  const busy = await report('another-key');
  return {
    plain,
    keyed,
    repeated,
    busy,
    raised: await raise(),
    raisedKeyed: await raise('an-issue'),
    attempts: await attempts(cloud),
  };
}

/** How often one command is tried while others are always faster. */
async function attempts({ deps }: CloudLedger): Promise<number> {
  let tried = 0;
  const append: EventStore['append'] = async (row) => {
    tried += 1;
    return { clash: { entry: { ...row.entry, header: '{}' } } };
  };
  const events = new Proxy(deps.events, {
    get: (target, name) => (name === 'append' ? append : Reflect.get(target, name)),
  });
  const outcome = await openLedger({ ...deps, events }).recordOnItem(
    principal('zhang'),
    EXAMPLE_CASE,
    ITEM,
    REPORT,
    {},
  );
  if (!('refused' in outcome) || outcome.refused !== 'conflict')
    throw new Error('it should have been refused');
  return tried;
}
