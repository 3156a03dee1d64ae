export { seededRandom } from '../../src/engine/kernel/seeded-random.ts';
