import { fileURLToPath } from 'node:url';
import { App, type AppProps, Tags, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, NIST80053R5Checks } from 'cdk-nag';
import { LedgerStack } from './ledger-stack.ts';
import { BadSetting, readSettings, refuseUnknown } from './settings.ts';

/** The whole application of one stage, from the context that the command line or a test gives. */
export function ledgerApp(props: AppProps = {}): App {
  const app = new App({ analyticsReporting: false, ...props });
  refuseUnknown(Object.keys(app.node.getAllContext()));
  const settings = readSettings((name) => app.node.tryGetContext(name));
  const stack = new LedgerStack(app, `taizhang-${settings.stage}`, settings);
  Tags.of(stack).add('ledger', stack.stackName);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new NIST80053R5Checks(app));
  return app;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    ledgerApp().synth();
  } catch (error) {
    if (!(error instanceof BadSetting)) throw error;
    process.stderr.write(`taizhang: ${error.message}\n`);
    process.exitCode = 1;
  }
}
