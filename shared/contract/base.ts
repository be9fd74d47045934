// What every call has in common: the one typed error that crosses the wire.
import { oc } from '@orpc/contract';
import { errorDataSchema } from '../model/errors';

export const call = oc.errors({ APP_ERROR: { status: 500, data: errorDataSchema } });
