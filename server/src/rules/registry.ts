import { affinityConfigDropped } from './affinityConfigDropped.ts';
import { affinityFlattened } from './affinityFlattened.ts';
import { affinityInSelector } from './affinityInSelector.ts';
import { affinityKeyMisspelt } from './affinityKeyMisspelt.ts';
import { affinityMisplaced } from './affinityMisplaced.ts';
import { affinityMixedProtocols } from './affinityMixedProtocols.ts';
import { affinityPerNode } from './affinityPerNode.ts';
import { affinityShapeWrong } from './affinityShapeWrong.ts';
import { affinityTimeoutInvalid } from './affinityTimeoutInvalid.ts';
import { affinityValueUnsupported } from './affinityValueUnsupported.ts';
import { affinityWithoutVirtualIp } from './affinityWithoutVirtualIp.ts';
import { annotationValueInvalid } from './annotationValueInvalid.ts';
import { annotationWrongLayer } from './annotationWrongLayer.ts';
import { clusterIpInvalid } from './clusterIpInvalid.ts';
import { copiedFromLiveObject } from './copiedFromLiveObject.ts';
import { duplicateKey } from './duplicateKey.ts';
import { fileNotChecked } from './fileNotChecked.ts';
import { headlessTypeContradiction } from './headlessTypeContradiction.ts';
import { healthCheckPortWithoutLocal } from './healthCheckPortWithoutLocal.ts';
import { internalError } from './internalError.ts';
import { pastedCharacters } from './pastedCharacters.ts';
import type { Rule } from './rule.ts';
import { selectorNotFlat } from './selectorNotFlat.ts';
import { serviceTypeContradiction } from './serviceTypeContradiction.ts';
import { serviceValueUnsupported } from './serviceValueUnsupported.ts';
import { settingsInvalid } from './settingsInvalid.ts';
import { suppressionUnused } from './suppressionUnused.ts';
import { timeoutsDisagree } from './timeoutsDisagree.ts';
import { valueNotAString } from './valueNotAString.ts';
import { yamlSyntaxError } from './yamlSyntaxError.ts';

/** Every rule, in alphabetical order of their ids. */
export const RULES: readonly Rule[] = [
  affinityConfigDropped,
  affinityFlattened,
  affinityInSelector,
  affinityKeyMisspelt,
  affinityMisplaced,
  affinityMixedProtocols,
  affinityPerNode,
  affinityShapeWrong,
  affinityTimeoutInvalid,
  affinityValueUnsupported,
  affinityWithoutVirtualIp,
  annotationValueInvalid,
  annotationWrongLayer,
  clusterIpInvalid,
  copiedFromLiveObject,
  duplicateKey,
  fileNotChecked,
  headlessTypeContradiction,
  healthCheckPortWithoutLocal,
  internalError,
  pastedCharacters,
  selectorNotFlat,
  serviceTypeContradiction,
  serviceValueUnsupported,
  settingsInvalid,
  suppressionUnused,
  timeoutsDisagree,
  valueNotAString,
  yamlSyntaxError,
];
