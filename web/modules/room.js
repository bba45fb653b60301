// What scripts add to a page that works without them: keys, a button to cite
// what is selected, the picture that follows the text.
import { keys } from "./keys.js";
import { citing } from "./cite.js";
import { lighting } from "./light.js";
import { claims } from "./claims.js";

keys();
citing();
lighting();
claims();
