/**
 * A shell script: `sh -c SUPERVISOR <name> <file> <engine> <its arguments …>`, with a pipe that we hold as its input.
 *
 * The shell becomes the engine (`exec`), so the child's pid, exit code and signals are the engine's own. Before
 * that it leaves one watcher behind, which reads the pipe that only our process holds. A line on it means "the
 * engine has gone, so go too"; end of file without a line means that we died, by `kill -9` perhaps, and then the
 * engine is asked to leave and after 5 s made to. Linux offers PR_SET_PDEATHSIG for this; Node does not.
 *
 * Descriptor 9 holds a kernel lock on `<file>.lock` for as long as the engine lives. It makes a restart after a
 * crash wait until the previous engine has written its last byte, and holds across containers, where pids say
 * nothing. Where there is no flock(1) the folder's own lock has to do.
 */
export const SUPERVISOR = `
umask 077
if command -v flock >/dev/null 2>&1; then
  exec 9>"$1.lock"
  flock -w 10 9 || { echo "another engine holds $1" >&2; exit 1; }
fi
engine=$$
exec 3<&0
(
  trap '' INT TERM HUP
  exec <&3 3<&- >/dev/null 2>&1 9>&-
  read -r word && exit
  kill -TERM $engine
  i=0
  while [ $i -lt 50 ]; do kill -0 $engine || exit; sleep 0.1; i=$((i + 1)); done
  kill -KILL $engine
) &
shift
exec "$@" </dev/null 3<&-
`;
