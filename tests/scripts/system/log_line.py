# cell: log: the line
# firmware: all
import log

logger = log.getLogger('MQTT')
log.basicConfig(log.DEBUG)
logger.debug('a')
logger.info('connected')
logger.warning('100%')
logger.error('%d of %s', 2, 'three')
logger.critical({'a': 1})
logger.info(5)
logger.log(35, 'between')
log.getLogger().info('')
