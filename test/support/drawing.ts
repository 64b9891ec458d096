import fc from 'fast-check';

/**
 * Properties draw the same cases in every run, so that a commit passes or fails by itself and not by luck. TEST_SEED names
 * other ones to look for what nobody has met yet; what a property fails on names its seed.
 */
fc.configureGlobal({ seed: Number(process.env['TEST_SEED'] ?? 1) });
