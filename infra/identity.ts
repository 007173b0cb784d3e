import { Duration } from 'aws-cdk-lib';
import {
  AccountRecovery,
  CfnManagedLoginBranding,
  ClientAttributes,
  ManagedLoginVersion,
  Mfa,
  OAuthScope,
  StringAttribute,
  UserPool,
  type UserPoolClient,
} from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import { accept } from './accept.ts';
import { kept } from './kept.ts';
import type { Settings } from './settings.ts';

export interface IdentityProps {
  readonly settings: Settings;
  /** Where people use the ledger, and where the issuer sends them back to. */
  readonly url: string;
  /** The first part of the address of Cognito's login pages, where none is set. */
  readonly domainPrefix: string;
}

/** Who issues tokens: a Cognito user pool of our own, or the issuer that the operator names. */
export class Identity extends Construct {
  readonly issuer: string;
  readonly audience: string;
  /** As whom the ledger sends people there to sign in. */
  readonly clientId: string;
  readonly userPool: UserPool | undefined;
  /** Where they do, with Cognito. */
  readonly signInUrl: string | undefined;

  constructor(scope: Construct, id: string, { settings, url, domainPrefix }: IdentityProps) {
    super(scope, id);
    if (settings.oidc) {
      ({ issuer: this.issuer, audience: this.audience, clientId: this.clientId } = settings.oidc);
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
      // No token ever stands in an address: the code is changed for them with what only the ledger knows.
      oAuth: {
        flows: { authorizationCodeGrant: true },
        scopes: [OAuthScope.OPENID, OAuthScope.PROFILE],
        callbackUrls: [`${url}/sign-in/callback`],
        logoutUrls: [`${url}/signed-out`],
      },
      readAttributes: new ClientAttributes()
        .withStandardAttributes({ fullname: true })
        .withCustomAttributes('role', 'office', 'cases'),
      writeAttributes: new ClientAttributes().withStandardAttributes({ fullname: true }),
    });
    const domain = pool.addDomain('SignIn', {
      cognitoDomain: { domainPrefix: settings.signInDomain ?? domainPrefix },
      managedLoginVersion: ManagedLoginVersion.NEWER_MANAGED_LOGIN,
    });
    // Its pages are shown only for a client that has a style.
    new CfnManagedLoginBranding(this, 'Style', {
      userPoolId: pool.userPoolId,
      clientId: client.userPoolClientId,
      useCognitoProvidedValues: true,
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
    this.clientId = client.userPoolClientId;
    this.signInUrl = domain.baseUrl();
  }
}
