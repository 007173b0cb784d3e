import { Duration } from 'aws-cdk-lib';
import {
  AccountRecovery,
  ClientAttributes,
  Mfa,
  StringAttribute,
  UserPool,
  type UserPoolClient,
} from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import { accept } from './accept.ts';
import { kept } from './kept.ts';
import type { Settings } from './settings.ts';

/** Who issues tokens: a Cognito user pool of our own, or the issuer that the operator names. */
export class Identity extends Construct {
  readonly issuer: string;
  readonly audience: string;
  readonly userPool: UserPool | undefined;

  constructor(scope: Construct, id: string, settings: Settings) {
    super(scope, id);
    if (settings.oidc) {
      ({ issuer: this.issuer, audience: this.audience } = settings.oidc);
      return;
    }
    const pool = new UserPool(this, 'Users', {
      userPoolName: `taizhang-${settings.stage}`,
      // Who a person is, is said by the operator: nobody signs up, and nobody gives themselves a role.
      selfSignUpEnabled: false,
      signInAliases: { username: true },
      customAttributes: {
        role: new StringAttribute({ mutable: true, maxLen: 16 }),
        office: new StringAttribute({ mutable: true, maxLen: 128 }),
        cases: new StringAttribute({ mutable: true, maxLen: 2_048 }),
      },
      mfa: settings.secondFactor === 'ON' ? Mfa.REQUIRED : Mfa.OPTIONAL,
      mfaSecondFactor: { otp: true, sms: false },
      passwordPolicy: {
        minLength: 12,
        requireDigits: true,
        requireLowercase: true,
        requireUppercase: true,
        requireSymbols: true,
        tempPasswordValidity: Duration.days(3),
      },
      accountRecovery: AccountRecovery.NONE,
      deletionProtection: settings.keepsData,
      removalPolicy: kept(settings),
    });
    const client: UserPoolClient = pool.addClient('Client', {
      authFlows: { userSrp: true, adminUserPassword: true },
      generateSecret: false,
      preventUserExistenceErrors: true,
      idTokenValidity: Duration.minutes(30),
      accessTokenValidity: Duration.minutes(30),
      refreshTokenValidity: Duration.hours(12),
      enableTokenRevocation: true,
      disableOAuth: true,
      readAttributes: new ClientAttributes()
        .withStandardAttributes({ fullname: true })
        .withCustomAttributes('role', 'office', 'cases'),
      writeAttributes: new ClientAttributes().withStandardAttributes({ fullname: true }),
    });
    accept(
      pool,
      'Threat protection needs the Plus plan and sends sign-in data to another service; the operator may turn it on.',
      'AwsSolutions-COG8',
    );
    if (settings.secondFactor !== 'ON')
      accept(pool, 'In dev a second factor is each user’s choice.', 'AwsSolutions-COG2');
    this.userPool = pool;
    this.issuer = pool.userPoolProviderUrl;
    this.audience = client.userPoolClientId;
  }
}
