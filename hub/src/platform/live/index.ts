export { livePresenter, type Affected, type LivePresenter, type Presented } from "./presenter.ts";
