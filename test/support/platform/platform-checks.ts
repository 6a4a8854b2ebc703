import { PlatformFailure } from './platform-request.ts';

type Given = Readonly<Record<string, unknown>>;

/** The messages of a field's faults, as class-validator has them. */
type Check = (value: unknown, path: string) => readonly string[];

const fault = (isRight: boolean, message: string) => (isRight ? [] : [message]);

export const aText: Check = (value, path) => fault(typeof value === 'string', `${path} must be a string`);

export const aFlag: Check = (value, path) =>
  fault(typeof value === 'boolean', `${path} must be a boolean value`);

export const anObject: Check = (value, path) =>
  fault(typeof value === 'object' && value !== null && !Array.isArray(value), `${path} must be an object`);

export const texts: Check = (value, path) => [
  ...fault(
    Array.isArray(value) && value.every((one) => typeof one === 'string'),
    `each value in ${path} must be a string`,
  ),
  ...fault(Array.isArray(value), `${path} must be an array`),
];

export const aNumber =
  (least = Number.NEGATIVE_INFINITY, most = Number.POSITIVE_INFINITY): Check =>
  (value, path) => {
    const isNumber = typeof value === 'number' && Number.isFinite(value);
    return [
      ...fault(isNumber && value <= most, `${path} must not be greater than ${most}`),
      ...fault(isNumber && value >= least, `${path} must not be less than ${least}`),
      ...fault(isNumber, `${path} must be a number conforming to the specified constraints`),
    ].filter((message) => !message.includes('Infinity'));
  };

export const oneOf =
  (values: readonly string[]): Check =>
  (value, path) =>
    fault(
      values.includes(value as string),
      `${path} must be one of the following values: ${values.join(', ')}`,
    );

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export const aUuid: Check = (value, path) => fault(UUID.test(String(value)), `${path} must be a UUID`);

export const aDate: Check = (value, path) =>
  fault(
    /^\d{4}-\d\d-\d\d/.test(String(value)) && !Number.isNaN(Date.parse(String(value))),
    `${path} must be a valid ISO 8601 date string`,
  );

export const longest =
  (most: number): Check =>
  (value, path) => [
    ...fault(String(value).length <= most, `${path} must be shorter than or equal to ${most} characters`),
    ...aText(value, path),
  ];

interface Fields {
  readonly required?: Readonly<Record<string, Check>>;
  readonly optional?: Readonly<Record<string, Check>>;
}

/** Refuses, with every fault at once, what a pipe of Nest would. Unknown fields are passed over. */
export function check(given: Given, { required = {}, optional = {} }: Fields, prefix = ''): void {
  const messages = [
    ...Object.entries(required).flatMap(([name, isRight]) => isRight(given[name], prefix + name)),
    ...Object.entries(optional).flatMap(([name, isRight]) =>
      given[name] === undefined || given[name] === null ? [] : isRight(given[name], prefix + name),
    ),
  ];
  if (messages.length > 0) throw new PlatformFailure(400, messages);
}

/** Refuses what is no UUID in a path, as ParseUUIDPipe does. */
export function checkUuidParam(value: string | undefined): void {
  if (!UUID.test(value ?? '')) {
    throw new PlatformFailure(400, 'Validation failed (uuid v 4 is expected)');
  }
}
