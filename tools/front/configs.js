// What the linters are asked: all of it for files of ours, of files of others only whether the oldest browser runs them.
import js from 'eslint-plugin-compat';
import globals from './globals.js';
import cssFloor from './css-floor.js';
import jsFloor, { HTTPS_ONLY } from './js-floor.js';
import { BROWSERS } from './floor.js';

const cssOfOthers = { plugins: [cssFloor], rules: { 'jixiao/css-floor': true } };

const cssOfOurs = {
  plugins: [cssFloor],
  rules: {
    ...cssOfOthers.rules,
    'max-nesting-depth': [0, { ignoreAtRules: ['media', 'supports', 'page'] }],
    'unit-allowed-list': ['px', 'em', 'rem', '%', 'fr', 'vh', 'vw', 's', 'ms', 'deg', 'ch', 'mm', 'pt'], // no dvh, cqw, lh
    'font-weight-notation': 'numeric',
    'declaration-property-value-allowed-list': { 'font-weight': ['400', '700', 'inherit'], 'font-style': ['normal'] },
    'declaration-property-value-disallowed-list': { 'font-size': ['/^(\\d|1[0-3])px/'] }, // nothing below 14
    'function-url-scheme-disallowed-list': ['/^https?/', '//'],
    'declaration-no-important': [true, { severity: 'warning' }],
    'block-no-empty': true,
    'color-no-invalid-hex': true,
    'declaration-block-no-duplicate-properties': true,
    'font-family-no-duplicate-names': true,
    'no-duplicate-selectors': true,
    'no-invalid-double-slash-comments': true,
    'property-no-unknown': true,
    'selector-type-no-unknown': true,
    'unit-no-unknown': true,
    'no-unknown-custom-properties': null,
  },
};

const floorOfScripts = {
  plugins: { compat: js, jixiao: jsFloor },
  rules: { 'compat/compat': 'error', 'jixiao/members': 'error' },
  settings: { browserslistOpts: { ignoreUnknownVersions: false }, targets: BROWSERS, lintAllEsApis: true },
  linterOptions: { reportUnusedDisableDirectives: 'error' },
};

const scriptsOfOthers = [
  { ...floorOfScripts, files: ['**/*.js'], languageOptions: { ecmaVersion: 2020, sourceType: 'script', globals } },
];

const scriptsOfOurs = [
  {
    ...floorOfScripts,
    files: ['**/*.js'],
    languageOptions: { ecmaVersion: 2020, sourceType: 'module', globals },
    linterOptions: { noInlineConfig: true },
    rules: {
      ...floorOfScripts.rules,
      'no-undef': 'error',
      'no-unused-vars': 'error',
      'prefer-const': 'error',
      'no-var': 'error',
      eqeqeq: 'error',
      'no-eval': 'error',
      'no-implied-eval': 'error',
      'no-new-func': 'error',
      'no-alert': 'error', // nothing modal
      'no-restricted-properties': [
        'error',
        { property: 'innerHTML', message: 'text is text: textContent, or a fragment of the server through htmx' },
        { property: 'outerHTML', message: 'text is text: textContent, or a fragment of the server through htmx' },
        { property: 'insertAdjacentHTML', message: 'text is text: textContent, or a fragment of the server through htmx' },
        { property: 'cssText', message: 'a class, not a style: the policy of the page forbids styles in it' },
      ],
    },
  },
];

export { cssOfOthers, cssOfOurs, scriptsOfOthers, scriptsOfOurs, HTTPS_ONLY };
