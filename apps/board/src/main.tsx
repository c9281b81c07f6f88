import { startApp } from "@weft/ui/app/app-root.tsx";
import "@weft/ui/theme/board.css";
import { api, isTv } from "./api.ts";
import { Board } from "./board.tsx";
import { Tv } from "./tv/tv.tsx";

await startApp(api, isTv ? <Tv /> : <Board />);
