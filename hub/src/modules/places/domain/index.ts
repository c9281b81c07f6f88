export { daypartOf, isServed, readDayparts, servedFrom, servedUntil, type Daypart } from "./dayparts.ts";
export { hoursProblem, isTimeZone } from "./hours.ts";
export { nextOpening, openState, type OpeningHours, type OpeningInterval, type OpenState } from "./open-state.ts";
export { labelPatternsOf, readLabelPatterns, type LabelPattern } from "./scale-labels.ts";
export { SERVICES, type Service } from "./services.ts";
export {
  amountSetting,
  inheritSettings,
  SETTINGS,
  settingKeys,
  settingProblems,
  withChanges,
  type InheritedSetting,
  type OwnSettings,
  type SettingKey,
  type SettingProblem,
  tipPercentsOf,
  type Settings,
  type SettingSource,
} from "./settings.ts";
export { readSlotRoom, roomThen, type StationRoom } from "./slot-room.ts";
export { readStations, stationOf, type Station } from "./stations.ts";
export { readTables, writeTables, type Table, type Zone } from "./tables.ts";
export { mayStandBelow } from "./tree.ts";
export { readWindows, type WeekWindows } from "./windows.ts";
