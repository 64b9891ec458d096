/** Use cases of diary: one transaction each. */
export {};
