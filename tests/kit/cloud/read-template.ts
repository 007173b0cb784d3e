import { attributeOf, PLACE, type Resource, UnknownIntrinsic } from './attributes.ts';

/** A template as CloudFormation would carry it out in a made-up account. */
export interface Template {
  /** As it was written, intrinsics and all. */
  readonly written: WrittenTemplate;
  /** All resources, or those of a type, with their properties resolved. */
  resources(type?: string): readonly Resource[];
  /** The one resource of a type whose logical id begins so. */
  resource(type: string, id: string): Resource;
  /** Any part of it with concrete values for its intrinsics. @throws UnknownIntrinsic */
  resolve(value: unknown): unknown;
}

export interface WrittenTemplate {
  readonly Resources: { readonly [id: string]: WrittenResource };
  readonly Outputs?: { readonly [name: string]: { readonly Value: unknown } };
}

interface WrittenResource {
  readonly Type: string;
  readonly Properties?: { readonly [name: string]: unknown };
}

const STACK_UUID = '5f0d9f6e-8c1b-4b53-9a57-3f6b2d0c7e11';

/** Reads a template for the account and region of `PLACE`. */
export function readTemplate(written: WrittenTemplate, stackName: string): Template {
  const pseudo: { readonly [name: string]: string } = {
    'AWS::Partition': PLACE.partition,
    'AWS::Region': PLACE.region,
    'AWS::AccountId': PLACE.account,
    'AWS::URLSuffix': PLACE.urlSuffix,
    'AWS::StackName': stackName,
    'AWS::StackId': `arn:${PLACE.partition}:cloudformation:${PLACE.region}:${PLACE.account}:stack/${stackName}/${STACK_UUID}`,
  };
  const read = new Map<string, Resource>();

  const reference = (id: string, attribute?: string): string => {
    const known = attribute === undefined ? pseudo[id] : undefined;
    return known ?? attributeOf(resourceOf(id), attribute);
  };

  const resourceOf = (id: string): Resource => {
    const known = read.get(id);
    if (known) return known;
    const found = written.Resources[id];
    if (found === undefined) throw new UnknownIntrinsic(`a reference to ${id}`);
    const properties = resolve(found.Properties ?? {}) as Resource['properties'];
    const resource = { id, type: found.Type, properties };
    read.set(id, resource);
    return resource;
  };

  const resolve = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(resolve);
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value);
    const [name, argument] = entries[0] ?? [''];
    if (entries.length !== 1 || !(name === 'Ref' || name === 'Condition' || name.startsWith('Fn::'))) {
      return Object.fromEntries(entries.map(([key, one]) => [key, resolve(one)]));
    }
    // A policy statement's conditions have the same name as the intrinsic, and are an object.
    if (name === 'Condition' && typeof argument === 'object') return { Condition: resolve(argument) };
    return intrinsic(name, argument, resolve, reference);
  };

  const resources = (type?: string): readonly Resource[] =>
    Object.entries(written.Resources)
      .filter(([, { Type }]) => type === undefined || Type === type)
      .map(([id]) => resourceOf(id));
  const resource = (type: string, id: string): Resource => {
    const found = resources(type).filter((one) => one.id.startsWith(id));
    if (found.length !== 1) throw new Error(`${found.length} of ${type} ${id}…`);
    return found[0] as Resource;
  };
  return { written, resources, resource, resolve };
}

type Resolve = (value: unknown) => unknown;
type Reference = (id: string, attribute?: string) => string;

/** @throws UnknownIntrinsic */
function intrinsic(name: string, argument: unknown, resolve: Resolve, reference: Reference): unknown {
  if (name === 'Ref' && typeof argument === 'string') return reference(argument);
  const given = name === 'Fn::Sub' || name === 'Fn::GetAtt' ? argument : resolve(argument);
  if (name === 'Fn::Sub') return substituted(argument, resolve, reference);
  if (Array.isArray(given)) {
    const [first, second] = given as readonly unknown[];
    if (name === 'Fn::GetAtt') return reference(String(first), String(second));
    if (name === 'Fn::Join' && Array.isArray(second)) return second.map(String).join(String(first));
    if (name === 'Fn::Split') return String(second).split(String(first));
    if (name === 'Fn::Select' && Array.isArray(second) && Number(first) in second)
      return second[Number(first)];
  }
  throw new UnknownIntrinsic(`${name}: ${JSON.stringify(argument)}`);
}

function substituted(argument: unknown, resolve: Resolve, reference: Reference): string {
  const [text, own] = (Array.isArray(argument) ? argument : [argument, {}]) as [string, object];
  const values = resolve(own) as { readonly [name: string]: unknown };
  return text.replaceAll(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
    if (literal) return `\${${name}}`;
    if (Object.hasOwn(values, name)) return String(values[name]);
    const [id = '', ...attribute] = name.split('.');
    return attribute.length === 0 ? reference(id) : reference(id, attribute.join('.'));
  });
}
