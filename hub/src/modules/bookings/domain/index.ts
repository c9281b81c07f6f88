export { writeCalendar, type CalendarEntry } from "./calendar.ts";
export { busyTime, openingsOn, readExceptions, type Adviser, type Opening, type TakenTime } from "./openings.ts";
export {
  changeableUntil,
  type BookingId,
  type BookingState,
  type Service,
  type ServiceId,
  type ServiceRule,
  type SessionId,
} from "./service.ts";
