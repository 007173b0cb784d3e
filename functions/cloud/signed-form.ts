import { createHash, createHmac } from 'node:crypto';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

export interface FormRequest {
  readonly host: string;
  readonly region: string;
  readonly service: string;
  /** As it is sent. */
  readonly body: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

const FORM = 'application/x-www-form-urlencoded';
const ALGORITHM = 'AWS4-HMAC-SHA256';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/**
 * The headers of a form that is posted to the root of an AWS service, signed with version 4.
 * @see docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html
 */
export function signedForm(
  { host, region, service, body, at }: FormRequest,
  { accessKeyId, secretAccessKey, sessionToken }: Credentials,
): { readonly [header: string]: string } {
  const time = new Date(at).toISOString().replaceAll(/[-:]|\.[0-9]{3}/g, '');
  const date = time.slice(0, 8);
  const headers = {
    'content-type': FORM,
    host,
    'x-amz-date': time,
    ...(sessionToken !== undefined && { 'x-amz-security-token': sessionToken }),
  };
  const names = Object.keys(headers).join(';');
  const lines = Object.entries(headers).map(([name, value]) => `${name}:${value}\n`);
  const request = `POST\n/\n\n${lines.join('')}\n${names}\n${sha256(body)}`;
  const scope = `${date}/${region}/${service}/aws4_request`;
  const key = [region, service, 'aws4_request'].reduce(hmac, hmac(`AWS4${secretAccessKey}`, date));
  const signature = hmac(key, `${ALGORITHM}\n${time}\n${scope}\n${sha256(request)}`).toString('hex');
  return {
    ...headers,
    authorization: `${ALGORITHM} Credential=${accessKeyId}/${scope}, SignedHeaders=${names}, Signature=${signature}`,
  };
}
