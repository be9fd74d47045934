// Types of ensure-built.mjs, which has to run before anything is built.
export function newestChange(path: string): number;
export function isBuilt(folder: string): boolean;
