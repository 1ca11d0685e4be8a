import { checkCases, service } from '../../support/cases.ts';

const MENDED = service(
  'type: ClusterIP\nsessionAffinity: ClientIP\nsessionAffinityConfig:\n  clientIP:\n    timeoutSeconds: 600\n',
);

const PLAIN = service('type: ClusterIP\nsessionAffinity: ClientIP\n');

const CONFIG = '^^^^^^^^^^^^^^^^^^^^^ affinity-shape-wrong';

checkCases('affinity-shape-wrong', [
  {
    title: 'the configuration under the word, in braces',
    bad: service(
      'type: ClusterIP\nsessionAffinity: {clientIP: {timeoutSeconds: 600}}\n^^^^^^^^^^^^^^^ affinity-shape-wrong\n',
    ),
    fixed: MENDED,
  },
  {
    title: 'a type with a timeout',
    bad: service(
      'type: ClusterIP\nsessionAffinity:\n^^^^^^^^^^^^^^^ affinity-shape-wrong\n  type: ClientIP\n  timeoutSeconds: 600\n',
    ),
    fixed: MENDED,
  },
  {
    title: 'a type beside a config as it should be',
    bad: service(
      [
        'type: ClusterIP',
        'sessionAffinity:',
        '^^^^^^^^^^^^^^^ affinity-shape-wrong',
        '  type: ClientIP',
        'sessionAffinityConfig:',
        '  clientIP:',
        '    timeoutSeconds: 600',
      ].join('\n'),
    ),
    fixed: MENDED,
  },
  {
    title: 'a list of one word',
    bad: service('type: ClusterIP\nsessionAffinity: [ClientIP]\n^^^^^^^^^^^^^^^ affinity-shape-wrong\n'),
    fixed: PLAIN,
  },
  {
    title: 'the word where the mapping belongs',
    bad: service(`type: ClusterIP\nsessionAffinityConfig: ClientIP\n${CONFIG}\n`),
    fixed: PLAIN,
  },
  {
    title: 'the word once more',
    bad: service(`type: ClusterIP\nsessionAffinity: ClientIP\nsessionAffinityConfig: ClientIP\n${CONFIG}\n`),
    fixed: PLAIN,
  },
  {
    title: 'a list with the mapping',
    bad: service(
      `type: ClusterIP\nsessionAffinity: ClientIP\nsessionAffinityConfig:\n${CONFIG}\n- clientIP:\n    timeoutSeconds: 600\n`,
    ),
    fixed: MENDED,
  },
  {
    title: 'the timeout one level too early',
    bad: service(
      'type: ClusterIP\nsessionAffinity: ClientIP\nsessionAffinityConfig:\n  clientIP: 600\n  ^^^^^^^^ affinity-shape-wrong\n',
    ),
    fixed: MENDED,
  },
  {
    title: 'a list of one number',
    bad: service(
      'type: ClusterIP\nsessionAffinity: ClientIP\nsessionAffinityConfig:\n  clientIP:\n    timeoutSeconds: [600]\n    ^^^^^^^^^^^^^^ affinity-shape-wrong\n',
    ),
    fixed: MENDED,
  },
  {
    title: 'an address is nobody’s timeout',
    bad: service(
      'sessionAffinity: ClientIP\nsessionAffinityConfig:\n  clientIP: 192.0.2.1\n  ^^^^^^^^ affinity-shape-wrong\n',
    ),
  },
  {
    title: 'None, and a configuration of ClientIP: nobody knows which is meant',
    bad: service(`sessionAffinity: None\nsessionAffinityConfig: ClientIP\n${CONFIG}\n`),
  },
  {
    title: 'an empty mapping says nothing',
    bad: service('sessionAffinity: {}\n^^^^^^^^^^^^^^^ affinity-shape-wrong\n'),
  },
  {
    title: 'what would be lost stays',
    bad: service('sessionAffinity:\n^^^^^^^^^^^^^^^ affinity-shape-wrong\n  type: ClientIP\n  cookie: web\n'),
  },
]);

checkCases('affinity-timeout-invalid', [
  {
    title: 'full-width digits of an input method',
    bad: service(
      [
        'type: ClusterIP',
        'sessionAffinity: ClientIP',
        'sessionAffinityConfig:',
        '  clientIP:',
        '    timeoutSeconds: ６００',
        '                    ^^^ affinity-timeout-invalid',
      ].join('\n'),
    ),
    fixed: MENDED,
  },
]);
