import fc from 'fast-check';
import { seed } from '../crash/tier.ts';

// A set-up of every test file: what a property is asked is the same in each run, and one that fails says with which seed it did.
fc.configureGlobal({ ...fc.readConfigureGlobal(), seed });
