/**
 * Property tests run with one seed in CI, so that a red run is a change of the code and not of the dice. `FC_SEED=random` (or a number)
 * explores: do that after a change of a rule; a failing run prints its seed and path.
 */
import fc from 'fast-check';

const wanted = process.env['FC_SEED'] ?? '20261120';
const seed = wanted === 'random' ? Math.floor(Math.random() * 2 ** 31) : Number(wanted);
fc.configureGlobal({ ...fc.readConfigureGlobal(), seed });
