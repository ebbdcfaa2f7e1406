import '../../records/define.ts';
import { register } from '../../parts/register.ts';
import { addMessages } from '../../text.ts';
import { pipelineMessages } from './messages.ts';
import { ConsolePipelinesPage } from './pipelines-page.ts';

addMessages(pipelineMessages);
register('salespulse-console-pipelines-page', ConsolePipelinesPage);
