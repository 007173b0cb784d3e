import { RemovalPolicy } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnSecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { accept } from './accept.ts';
import type { Settings } from './settings.ts';

/**
 * What sessions are sealed with: 64 letters and digits that AWS draws, and CloudFormation puts into the environment
 * of the API as it deploys. No role of the stack can read the secret. Another number of `sessions` is another
 * secret, so that all sessions end: drawn anew in its place, it would reach no function before the next deployment.
 * @returns a reference that CloudFormation resolves
 */
export function sessionSecret(scope: Construct, settings: Settings, key: IKey): string {
  const secret = new CfnSecret(scope, `SessionSecret${settings.sessions}`, {
    description: `What the sessions of taizhang-${settings.stage} are sealed with.`,
    generateSecretString: { passwordLength: 64, excludePunctuation: true },
    kmsKeyId: key.keyArn,
  });
  secret.applyRemovalPolicy(RemovalPolicy.DESTROY);
  accept(
    secret,
    'A function has it from its deployment, so to draw it anew in its place would change nothing; the setting sessions replaces it and ends all sessions.',
    'AwsSolutions-SMG4',
    'NIST.800.53.R5-SecretsManagerRotationEnabled',
  );
  return `{{resolve:secretsmanager:${secret.ref}:SecretString}}`;
}
