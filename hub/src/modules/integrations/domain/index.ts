export { readDate, readTime, type DateOrder, type FileTime } from "./dates.ts";
export { decimalOf, findFields, isHeader, orderOfDates, type FoundColumn } from "./detect.ts";
export {
  readContactKind,
  readCountry,
  readDecision,
  readLocale,
  readPurpose,
  readTopic,
  readTrait,
  splitName,
  withoutGuard,
  readRole,
} from "./words.ts";
