import type { ChannelId, Problems } from "@weft/kernel";

export type ImportError =
  | { readonly code: "import.unknown" }
  | { readonly code: "import.channel_unknown"; readonly channelId: ChannelId }
  | { readonly code: "import.empty" }
  | { readonly code: "import.too_large"; readonly mostBytes: number }
  | { readonly code: "import.archive" }
  | { readonly code: "import.spreadsheet" }
  | { readonly code: "import.not_text" }
  | { readonly code: "import.broken_gzip" }
  | { readonly code: "import.columns_changed"; readonly columns: number; readonly given: number }
  | { readonly code: "import.column_missing"; readonly missing: string }
  | { readonly code: "import.column_twice"; readonly field: string }
  | { readonly code: "import.time_zone_unknown"; readonly timeZone: string }
  | { readonly code: "import.vouching_unfounded" }
  | { readonly code: "import.notice_unknown"; readonly notice: string }
  | { readonly code: "import.not_waiting"; readonly state: string }
  | { readonly code: "import.ended"; readonly state: string };

export const IMPORT_PROBLEMS: Problems<ImportError> = {
  "import.unknown": { status: 404, title: "There is no such import" },
  "import.channel_unknown": { status: 404, title: "There is no such channel" },
  "import.empty": { status: 422, title: "The file is empty" },
  "import.too_large": { status: 413, title: "The file is too large" },
  "import.archive": { status: 422, title: "This is an archive: unpack it, and give the files in it" },
  "import.spreadsheet": { status: 422, title: "This is a workbook: save its sheet as CSV, and give that" },
  "import.not_text": { status: 422, title: "This is no text" },
  "import.broken_gzip": { status: 422, title: "The file is packed with gzip, and broken" },
  "import.columns_changed": { status: 422, title: "The file has another number of columns" },
  "import.column_missing": { status: 422, title: "A column is missing that lines of this kind cannot be without" },
  "import.column_twice": { status: 422, title: "Two columns are said to be the same" },
  "import.time_zone_unknown": { status: 422, title: "There is no such time zone" },
  "import.vouching_unfounded": { status: 422, title: "Say who answers for it that these contacts are verified" },
  "import.notice_unknown": { status: 422, title: "There is no such notice, or this channel never showed it" },
  "import.not_waiting": { status: 409, title: "This file is imported already, or was left" },
  "import.ended": { status: 409, title: "This import has ended" },
};
