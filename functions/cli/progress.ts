import type { CliContext } from './context.ts';

export interface Progress {
  at(done: number): void;
  end(done: number): Promise<void>;
}

const BAR = 24;

/** How far a long verb has come, on stderr: one line that redraws itself on a terminal, seldom lines in a pipe. */
export function progress(context: CliContext, what: string, total?: number): Progress {
  const { stderr } = context;
  const every = stderr.isTTY ? 100 : 5_000;
  let last = context.now();
  const line = (done: number): string => {
    if (total === undefined || total === 0) return `${what}: ${done}`;
    const filled = Math.min(BAR, Math.floor((done / total) * BAR));
    const bar = stderr.isTTY ? ` ${'█'.repeat(filled)}${'░'.repeat(BAR - filled)}` : '';
    return `${what}:${bar} ${done} of ${total}`;
  };
  return {
    at(done) {
      const now = context.now();
      if (now - last < every) return;
      last = now;
      void stderr.write(stderr.isTTY ? `\r${line(done)}\u001b[K` : `# ${line(done)}\n`);
    },
    async end(done) {
      await stderr.write(stderr.isTTY ? `\r${line(done)}\u001b[K\n` : `# ${line(done)}\n`);
    },
  };
}
