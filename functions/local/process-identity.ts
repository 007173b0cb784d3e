import { readFile } from 'node:fs/promises';

/**
 * Boot id and start tick of a process, which tell it from any other that ever had its pid. `dead` for a zombie,
 * which keeps its pid where no init reaps it, and the empty string where there is no /proc to ask.
 */
export async function processIdentity(pid: number): Promise<string> {
  try {
    const boot = (await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim();
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    // The second field is the command in parentheses and may hold anything. After it comes the state, field 3;
    // the start time is field 22. @see proc(5)
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? 'dead' : `${boot}:${fields[19]}`;
  } catch {
    return '';
  }
}

/** Whether the process that had this pid and identity still runs. By the pid alone where one is unknown. */
export async function isAlive(pid: number, identity: string): Promise<boolean> {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: alive, of another user.
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false;
  }
  const now = await processIdentity(pid);
  return now === '' || identity === '' || now === identity;
}
