// Parameters: the blanks of a template that its users fill, each of which becomes a field of a form.
import { z } from 'zod';
import { wordsSchema } from './words';

const common = {
  name: z
    .string()
    .max(63)
    .regex(/^[A-Za-z][A-Za-z0-9_-]*$/, 'begin with a letter and use letters, digits, dashes and underscores')
    .describe('Name of the parameter: ${parameters.NAME} in the spec stands for its value.'),
  title: wordsSchema.optional().describe('What to call it in a form.'),
  description: wordsSchema.optional().describe('What it is for.'),
};

export const parameterSchema = z
  .discriminatedUnion('type', [
    z.strictObject({
      ...common,
      type: z.literal('string').describe('The value is text.'),
      default: z.string().optional().describe('The value where none is given; without it one has to be given.'),
      allowed: z.array(z.string()).min(1).optional().describe('The only values there are.'),
    }),
    z.strictObject({
      ...common,
      type: z.literal('integer').describe('The value is a whole number.'),
      default: z.int().optional().describe('The value where none is given; without it one has to be given.'),
      allowed: z.array(z.int()).min(1).optional().describe('The only values there are.'),
      minimum: z.int().optional().describe('The smallest value.'),
      maximum: z.int().optional().describe('The largest value.'),
    }),
    z.strictObject({
      ...common,
      type: z.literal('boolean').describe('The value is true or false.'),
      default: z.boolean().optional().describe('The value where none is given; without it one has to be given.'),
    }),
  ])
  .describe('A blank of the template.');

/** Values of parameters by their names; text is read as the type of the parameter that it is for. */
export const parameterValuesSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));
