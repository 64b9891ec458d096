/** Use cases of series: one transaction each. */
export {};
