/** Use cases of afterwards: one transaction each. */
export {};
