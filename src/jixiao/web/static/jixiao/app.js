// What every page loads. Each module stands for itself and finds its elements by data-… attributes.
import './keys.js';
import './rows.js';
import './nav.js';
import './strips.js';
import './copy.js';
import './parts.js';
import './overflow.js';
import './drop.js';
