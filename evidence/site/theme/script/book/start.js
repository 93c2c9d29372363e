// The book's one script. Every page works without it: it only adds to what the page already says.
// Cards come before the menu, so that Escape closes one thing at a time.

import { startCards } from "./cards.js";
import { startCharts } from "./charts.js";
import { find } from "./dom.js";
import { startFilters } from "./filters.js";
import { startLinked } from "./linked.js";
import { startMenu } from "./menu.js";
import { startPrint } from "./print.js";
import { startRecords } from "./records.js";
import { startScheme } from "./scheme.js";
import { startSearchBox } from "./search-box.js";
import { startSideways } from "./sideways.js";
import { startSteps } from "./steps.js";
import { startTables } from "./tables.js";

const isAlone = find(".embedded") !== null; // one exhibit in a frame: no menu, no search

startCards();
if (!isAlone) {
  startScheme();
  startMenu();
  startSearchBox();
}
startFilters();
startTables();
startSteps();
startSideways();
startCharts();
startRecords();
startLinked();
startPrint();
