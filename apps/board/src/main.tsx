import { startApp } from "@weft/ui/app/app-root.tsx";
import "@weft/ui/theme/board.css";
import { api } from "./api.ts";
import { Board } from "./board.tsx";

await startApp(api, <Board />);
