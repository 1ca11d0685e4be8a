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
import { annotationOtherController } from './annotationOtherController.ts';
import { annotationOutdated } from './annotationOutdated.ts';
import { annotationUnknownKey } from './annotationUnknownKey.ts';
import { annotationValueInvalid } from './annotationValueInvalid.ts';
import { annotationWrongLayer } from './annotationWrongLayer.ts';
import { annotationWrongObject } from './annotationWrongObject.ts';
import { clusterIpInvalid } from './clusterIpInvalid.ts';
import { copiedFromLiveObject } from './copiedFromLiveObject.ts';
import { duplicateKey } from './duplicateKey.ts';
import { fieldUnknownKey } from './fieldUnknownKey.ts';
import { fieldValueInvalid } from './fieldValueInvalid.ts';
import { fileNotChecked } from './fileNotChecked.ts';
import { headlessTypeContradiction } from './headlessTypeContradiction.ts';
import { healthCheckPortWithoutLocal } from './healthCheckPortWithoutLocal.ts';
import { internalError } from './internalError.ts';
import { pastedCharacters } from './pastedCharacters.ts';
import type { Rule } from './rule.ts';
import { selectorNotFlat } from './selectorNotFlat.ts';
import { serviceTypeContradiction } from './serviceTypeContradiction.ts';
import { serviceValueUnsupported } from './serviceValueUnsupported.ts';
import { settingCompanionMissing } from './settingCompanionMissing.ts';
import { settingsContradict } from './settingsContradict.ts';
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
  annotationOtherController,
  annotationOutdated,
  annotationUnknownKey,
  annotationValueInvalid,
  annotationWrongLayer,
  annotationWrongObject,
  clusterIpInvalid,
  copiedFromLiveObject,
  duplicateKey,
  fieldUnknownKey,
  fieldValueInvalid,
  fileNotChecked,
  headlessTypeContradiction,
  healthCheckPortWithoutLocal,
  internalError,
  pastedCharacters,
  selectorNotFlat,
  serviceTypeContradiction,
  serviceValueUnsupported,
  settingCompanionMissing,
  settingsContradict,
  settingsInvalid,
  suppressionUnused,
  timeoutsDisagree,
  valueNotAString,
  yamlSyntaxError,
];
