/** Use cases of proposals: one transaction each. */
export {};
