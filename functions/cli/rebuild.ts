import { openLedger } from './open-ledger.ts';
import { progress } from './progress.ts';
import { give } from './result.ts';
import type { Verb } from './verb.ts';

export const rebuild: Verb = {
  name: 'rebuild',
  summary: 'Recreates every view from the events, beside a live server if there is one.',
  takes: [],
  options: {
    'dead-letters': { type: 'boolean', help: 'only project again what was set aside as poisoned' },
  },
  async run(args, context) {
    const { store } = await openLedger(context);
    try {
      if (args.has('dead-letters')) {
        const counts = await store.replayDeadLetters();
        await give(context, args, counts, [`${counts.replayed} dead letters projected, ${counts.left} left`]);
        return counts.left === 0 ? 0 : 1;
      }
      const shown = progress(context, 'events folded');
      const counts = await store.rebuild((events) => shown.at(events));
      await shown.end(counts.events);
      await give(context, args, counts, [`${counts.rows} rows rebuilt from ${counts.events} events`]);
      return 0;
    } finally {
      await store.close();
    }
  },
};
