import { expect, test } from 'vitest';
import { type FormRequest, signedForm } from '../../../functions/cloud/signed-form.ts';

/** Of AWS's own test suite for signature version 4. */
const credentials = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
};
const request: FormRequest = {
  host: 'example.amazonaws.com',
  region: 'us-east-1',
  service: 'service',
  body: 'Param1=value1',
  at: Date.UTC(2015, 7, 30, 12, 36, 0),
};

test('a form is signed as AWS signs it: post-x-www-form-urlencoded of its test suite', () => {
  expect(signedForm(request, credentials)).toEqual({
    'content-type': 'application/x-www-form-urlencoded',
    host: 'example.amazonaws.com',
    'x-amz-date': '20150830T123600Z',
    authorization:
      'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=content-type;host;x-amz-date, Signature=ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a',
  });
});

test('the token of a session is signed with it, as the SDK signs it', () => {
  const ofSession = { ...credentials, sessionToken: 'AQoDYXdzEPT//////////wEXAMPLE=' };
  const asked = {
    host: 'sns.cn-north-1.amazonaws.com.cn',
    region: 'cn-north-1',
    service: 'sns',
    body: 'Action=Publish&Message=%E9%80%BE%E6%9C%9F+3',
    at: Date.UTC(2026, 10, 23, 23, 30),
  };
  const { authorization, 'x-amz-security-token': token } = signedForm(asked, ofSession);
  expect(token).toBe(ofSession.sessionToken);
  expect(authorization).toBe(
    'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261123/cn-north-1/sns/aws4_request, SignedHeaders=content-type;host;x-amz-date;x-amz-security-token, Signature=6429e080ef9c28178ee8dd51c8d0f611925b6cbc70fae28363778618320c24db',
  );
});
