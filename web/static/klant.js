// The page of the client, at /.

import { startChat } from './chat.js';

startChat({ sleutel: 'opname-klant' });
