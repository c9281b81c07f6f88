export { judgeSeam, type CartItem, type LossReason, type Moment, type Verdict, type Verdicts } from "./continuity.ts";
export { FACETS } from "./facets.ts";
export { createLogTally, type LoggedTouch, type LogTally } from "./log.ts";
export {
  DEFAULT_WEIGHTS,
  indexOf,
  LEAST_SEAMS,
  levelOf,
  pooled,
  scoreOf,
  shareOf,
  type Level,
  type PairTally,
  type Share,
  type Tally,
  type Weights,
} from "./measure.ts";
export { judgeFound, seamsOf, type FoundSeam, type RecordedTouch } from "./seams.ts";
