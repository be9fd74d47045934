// Imported before everything else: tells zod not to try whether it may compile code, which the page's policy forbids and logs.
import { config } from 'zod';

config({ jitless: true });
