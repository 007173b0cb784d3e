import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access, copyFile, mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const require = createRequire(import.meta.url);

const BROWSER = join(dirname(require.resolve('@sparticuz/chromium')), '..', '..', 'package.json');
const FONT = require.resolve('@expo-google-fonts/noto-sans-sc/package.json');
const FACES = [
  require.resolve('@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf'),
  require.resolve('@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf'),
];

/** The package unpacks under os.tmpdir(), checks nothing and cannot be told otherwise: hence a process of its own. */
const UNPACK = "import chromium from '@sparticuz/chromium'; await chromium.executablePath();";

export interface BrowserFolder {
  readonly executable: string;
  /** What the browser must be started with to see this folder's font and libraries alone. */
  readonly env: Readonly<Record<string, string>>;
}

/**
 * The browser and its font, unpacked: about 230 MB and 3 s once for each version, then kept among the temporary
 * files. Any number of processes may ask at once: each unpacks aside, one rename wins, the others drop theirs.
 */
export async function browserFolder(): Promise<BrowserFolder> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(
      `the browser in node_modules is for linux on x64, not ${process.platform}-${process.arch}`,
    );
  }
  const owner = process.getuid?.() ?? 0;
  const versions = await Promise.all([BROWSER, FONT].map(versionIn));
  const folder = join(tmpdir(), `taizhang-browser-${owner}-${versions.join('-')}`);
  const executable = join(folder, 'chromium');
  if (!(await isExecutable(executable))) await unpackInto(folder);
  // Anyone may write to the folder of temporary files: never run what somebody else has put at this name.
  if ((await stat(folder)).uid !== owner || !(await isExecutable(executable))) {
    throw new Error(`${folder} is not a browser that this kit unpacked: remove it and try again`);
  }
  return {
    executable,
    env: {
      FONTCONFIG_FILE: join(folder, 'fonts.conf'),
      // NSS and expat, which a bare container lacks and apt would have to bring.
      LD_LIBRARY_PATH: join(folder, 'al2023', 'lib'),
      HOME: folder,
    },
  };
}

const versionIn = async (path: string): Promise<string> =>
  (JSON.parse(await readFile(path, 'utf8')) as { version: string }).version;

const isExecutable = (path: string): Promise<boolean> =>
  access(path, constants.X_OK).then(
    () => true,
    () => false,
  );

async function unpackInto(folder: string): Promise<void> {
  const aside = await mkdtemp(`${folder}.`);
  try {
    await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', UNPACK], {
      cwd: ROOT,
      // Naming Lambda makes the package unpack the libraries as well.
      env: { ...process.env, TMPDIR: aside, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' },
    });
    await mkdir(join(aside, 'faces'));
    for (const face of FACES) await copyFile(face, join(aside, 'faces', basename(face)));
    await writeFile(join(aside, 'fonts.conf'), fontConfiguration(folder));
    await rename(aside, folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // Another process was first, and its folder is as good.
    if (code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error;
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}

/** Two faces and no others: what the machine has installed must change neither a test's verdict nor a picture. */
const fontConfiguration = (folder: string): string => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir>${join(folder, 'faces')}</dir>
  <cachedir>${join(folder, 'font-cache')}</cachedir>
</fontconfig>
`;
