// Each test on each architecture is one row, whatever the versions; the row of another test would change the count.
import groovy.xml.XmlSlurper

def expected = ['consumer.ContainerTests': 8, 'consumer.MethodTests': 2, 'consumer.InForeignJvmTests': 1]
def corners = new File(basedir, 'target').listFiles().findAll { it.name.startsWith('junit-') }
assert corners.size() == 6

corners.findAll { it.name != 'junit-6.0.3-surefire-3.5.6' }.each { corner ->
    def rows = [:].withDefault { 0 }
    corner.listFiles().findAll { it.name.endsWith('.xml') }.each { file ->
        def suite = new XmlSlurper().parse(file)
        suite.testcase.each { row ->
            assert row.failure.isEmpty() && row.error.isEmpty() && row.skipped.isEmpty()
            rows[row.@classname.text().replaceAll(/(\$.*)?(\[[^\]]+])?$/, '')] += 1
        }
    }
    assert rows == expected : "${corner.name}: ${rows}"
}

def log = new File(basedir, 'build.log').text
def warning = 'JUnit 6.0.3 gives the tests of all architectures of a class equal names, and Surefire 3.5.6 takes'
assert log.split(warning, -1).length == 2 : 'warned of the one pair that hides failures, and of no other'
return true
