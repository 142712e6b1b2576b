import groovy.xml.XmlSlurper

def suite = new XmlSlurper().parse(new File(basedir, 'target/surefire-reports/TEST-spring.RedisBeanTests.xml'))
assert suite.testcase.size() == 2 && suite.testcase.failure.isEmpty() && suite.testcase.error.isEmpty()
return true
