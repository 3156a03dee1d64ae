import { z } from 'zod';

// zod 4 probes `new Function` at its first parse, which a strict Content-Security-Policy reports as a violation.
z.config({ jitless: true });

export { z };
