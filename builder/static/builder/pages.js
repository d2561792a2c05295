// On the screens around the editor, a form is sent once.

import { once } from "./once.js";

once(document);
