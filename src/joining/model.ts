export type JoiningDelivery =
  /** To each convener: somebody asks to be let in. The subject is the request. */
  | 'joining.requested'
  /** To whoever asked: they may join now. */
  | 'joining.approved'
  /** One step of the first six weeks of somebody new to their role. The subject is the step. */
  | 'joining.path'
  /** To an experienced member who is to look out for a new one, whose id is the subject. */
  | 'joining.buddy';
/** To whoever asked, where they have our app: they may not join, and why. The subject is the request. */
export type JoiningRoomDelivery = 'joining.refused';
export type JoiningDue = 'joining.path';

/** The longest answers, in characters. `line` is as long as the roster takes. */
export const lengths = { line: 200, note: 1000, reason: 500 } as const;

/** How many requests one workspace may bring in a day; more are a flood, or a mistake. */
export const requestsADay = 20;
